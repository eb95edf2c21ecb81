"""What other options than the default ask of the engine, each in a file of its own.

The modules beside this package read as the engine under the default options; where others are in force they turn here.
"""
