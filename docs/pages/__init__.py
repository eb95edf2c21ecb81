"""The pages of docs/ that are made from code, a module for each kind; each page is a function of nothing."""
