"""Ctrl-C before the command has begun."""

import builtins

import pytest

from harness import __main__ as start


def test_an_interrupt_while_modules_are_imported_is_one_line(monkeypatch, capsys):
    imported = builtins.__import__

    def interrupted(name, *arguments):
        if name == "harness.cli":
            raise KeyboardInterrupt
        return imported(name, *arguments)

    monkeypatch.setattr(builtins, "__import__", interrupted)
    with pytest.raises(SystemExit) as exit_:
        start.main()

    assert 130 == exit_.value.code
    assert "crossgrad: interrupted\n" == capsys.readouterr().err
