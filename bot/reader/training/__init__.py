"""Training a reader on labelled questions; nothing here is needed to read with one."""
