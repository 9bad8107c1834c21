"""What is read: news articles in a folder. Imports nothing else of the project."""
