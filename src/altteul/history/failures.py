"""Storage failures told to a person in one sentence: full disk, no permission, damage."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from altteul.errors import StorageError

_NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NO_SPACE_WORDS = (
    "no space left",
    "disk is full",
    "file too large",
    "quota exceeded",
    *(f"os error {code})" for code in _NO_SPACE),
    *(f"code: {code}," for code in _NO_SPACE),
)
_NO_PERMISSION = (errno.EACCES, errno.EPERM, errno.EROFS)
_NO_PERMISSION_WORDS = (
    "permission denied",
    "read-only",
    "readonly database",
    "unable to open database",
    *(f"os error {code})" for code in _NO_PERMISSION),
    *(f"code: {code}," for code in _NO_PERMISSION),
)
_STORE_WORDS = ("generic s3 error", "nosuchbucket", "error sending request", "invalidaccesskey")
_LIBRARY_ERRORS = (
    ("deltalake.exceptions", "DeltaError"),
    ("polars.exceptions", "PolarsError"),
    ("sqlalchemy.exc", "SQLAlchemyError"),
)


@contextmanager
def told_plainly(folder: Path | str) -> Iterator[None]:
    """Turn every failure of the storage libraries inside the block into a StorageError.

    Other exceptions (a wrong argument, Ctrl-C) pass unchanged.
    """
    try:
        yield
    except Exception as error:
        if not isinstance(error, _storage_failures()):
            raise
        raise StorageError(_sentence(error, str(folder))) from error


def _storage_failures() -> tuple[type[BaseException], ...]:
    """OSError and the base errors of the libraries that are loaded; loads none itself."""
    known: list[type[BaseException]] = [OSError]
    for module, name in _LIBRARY_ERRORS:
        if module in sys.modules:
            known.append(getattr(sys.modules[module], name))
    return tuple(known)


def _sentence(error: BaseException, folder: str) -> str:
    text = str(error).lower()
    code = getattr(error, "errno", None)
    if code in _NO_SPACE or any(word in text for word in _NO_SPACE_WORDS):
        return (
            f"저장 공간이 모자라 '{folder}'에 쓰지 못했습니다. "
            "이미 있던 자료는 그대로이니, 공간을 비운 뒤 같은 명령을 다시 실행해 주세요."
        )
    if code in _NO_PERMISSION or any(word in text for word in _NO_PERMISSION_WORDS):
        return (
            f"자료 폴더 '{folder}'을(를) 읽거나 쓸 권한이 없습니다. "
            "폴더의 권한을 고치거나 --home으로 다른 폴더를 골라 주세요."
        )
    if any(word in text for word in _STORE_WORDS):
        return (
            "표를 둔 저장소(tables_url)에 닿지 못했습니다. "
            "주소와 열쇠(tables_options 또는 AWS_* 변수), 네트워크를 살펴 주세요."
        )
    return (
        f"자료 폴더 '{folder}'이(가) 손상되어 읽을 수 없습니다. "
        "백업을 되돌리거나, 폴더를 다른 이름으로 옮긴 뒤 자료를 다시 가져와 주세요."
    )
