"""In which folder a function is that an import path names."""

import pytest

from harness.consistency.import_paths import folder_of, function_here
from harness.errors import UsageError


@pytest.fixture
def models(tmp_path, monkeypatch):
    (tmp_path / "alone.py").write_text("def f(x):\n    return x\n\n\nnumber = 1\n")
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "__init__.py").touch()
    (tmp_path / "package" / "inner.py").write_text("class Model:\n    def call(x):\n        return x\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def test_a_module_and_a_package_are_found_from_the_folder_they_stand_in(models):
    assert str(models) == folder_of("torch", "alone:f")
    assert str(models) == folder_of("torch", "package.inner:Model.call")


def test_what_is_installed_here_is_not_put_before_the_packages_of_another_python():
    assert "" == folder_of("torch", "msgspec.json:decode")


@pytest.mark.usefixtures("models")
def test_a_function_may_stand_in_a_class():
    assert 3 == function_here("reference", "package.inner:Model.call")(3)


@pytest.mark.usefixtures("models")
@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("alone", "an import path is written 'package.module:function'"),
        ("alone:f()", "an import path is written 'package.module:function'"),
        ("absent:f", "there is no module 'absent' on sys.path"),
        ("sys:exit", "there is no module 'sys' on sys.path"),
        ("alone:g", "alone has no g"),
        ("alone:number", "alone:number is no function, it is 'int'"),
        (
            "package.absent:f",
            "package.absent cannot be imported: ModuleNotFoundError: No module named 'package.absent'",
        ),
    ],
)
def test_a_path_that_leads_nowhere_gets_one_message(path, said):
    with pytest.raises(UsageError) as raised:
        function_here("reference", path)
    assert said in str(raised.value)
