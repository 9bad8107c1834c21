"""What is answered: questions, from the command line, in a web chat or in a list."""
