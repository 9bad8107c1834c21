"""What words of news and of questions say, by rules: figures, dates, whose claim it is, what is asked."""
