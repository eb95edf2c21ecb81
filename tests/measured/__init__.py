"""What was measured when the project began: small programs on which frameworks give different gradients.

`programs.py` has the programs, as a user writes a file of cases; `answers.toml` what each framework answered.
"""
