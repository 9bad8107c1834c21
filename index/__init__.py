"""What is remembered and found: passages, vectors and words. Imports only `corpus`."""
