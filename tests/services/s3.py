"""An S3 store of its own, on a free port of the loopback address, with one bucket."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

_KEY = {"AWS_ACCESS_KEY_ID": "sample", "AWS_SECRET_ACCESS_KEY": "sample", "AWS_REGION": "us-east-1"}


@contextmanager
def s3_store(bucket: str) -> Iterator[dict[str, str]]:
    """Run a store until the block ends; gives the environment by which DuckDB finds it."""
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        client = boto3.client(
            "s3",
            endpoint_url=f"http://{host}:{port}",
            aws_access_key_id=_KEY["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=_KEY["AWS_SECRET_ACCESS_KEY"],
            region_name=_KEY["AWS_REGION"],
        )
        client.create_bucket(Bucket=bucket)
        yield {**_KEY, "DUCKDB_S3_ENDPOINT": f"{host}:{port}", "DUCKDB_S3_USE_SSL": "false"}
    finally:
        server.stop()
