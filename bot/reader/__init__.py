"""Readers: what finds the answer within passages that retrieval has found."""
