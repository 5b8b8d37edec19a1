"""Fetch the front-end libraries again (更新前端第三方文件); for maintainers, needs npm.

1. Install what frontend/package-lock.json names into a temporary folder; npm checks the hashes.
2. Copy one minified file per library into src/gaoxin/web/static/vendor, without its source-map comment:
   a comment that names a missing file breaks the manifest of static files.
3. Write vendor.json: file, name, version, licence, sha256. A test compares it with the files.

To take a newer version, change frontend/package.json, run `npm install --package-lock-only` in frontend/,
then this, and bring NOTICE up to date.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FRONTEND = ROOT / "frontend"
TARGET = ROOT / "src" / "gaoxin" / "web" / "static" / "vendor"
FILES = {
    "echarts.min.js": ("echarts", "dist/echarts.min.js"),
    "htmx.min.js": ("htmx.org", "dist/htmx.min.js"),
    "tabler.min.css": ("@tabler/core", "dist/css/tabler.min.css"),
}
LIMIT = 3 * 1024 * 1024
SOURCE_MAP = re.compile(rb"(?:/\*# sourceMappingURL=[^*]*\*/|^//# sourceMappingURL=.*$)\s*", re.MULTILINE)


def main() -> None:
    if shutil.which("npm") is None:
        sys.exit("需要 npm：sudo apt-get install -y npm\nThis needs npm; using and testing gaoxin do not.")
    with tempfile.TemporaryDirectory() as folder:
        modules = install(Path(folder))
        TARGET.mkdir(parents=True, exist_ok=True)
        listed = [copy(name, modules / package, inside) for name, (package, inside) in FILES.items()]
    text = json.dumps(listed, indent=2, ensure_ascii=False) + "\n"
    (TARGET / "vendor.json").write_text(text, encoding="utf-8")
    total = sum((TARGET / name).stat().st_size for name in FILES)
    print(f"{len(FILES)} files, {total / 1024 / 1024:.2f} MB → {TARGET.relative_to(ROOT)}")
    if total > LIMIT:
        sys.exit("The vendored files are over 3 MB.")


def install(folder: Path) -> Path:
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(FRONTEND / name, folder)
    subprocess.run(["npm", "ci", "--loglevel=error"], cwd=folder, check=True)
    return folder / "node_modules"


def copy(name: str, package: Path, inside: str) -> dict[str, str]:
    about = json.loads((package / "package.json").read_text(encoding="utf-8"))
    content = SOURCE_MAP.sub(b"", (package / inside).read_bytes()).rstrip() + b"\n"
    (TARGET / name).write_bytes(content)
    return {
        "file": name,
        "name": about["name"],
        "version": about["version"],
        "licence": about["license"],
        "sha256": hashlib.sha256(content).hexdigest(),
    }


if __name__ == "__main__":
    main()
