"""`fazhi annotation serve`: a private Label Studio server on this machine."""

from pathlib import Path
from typing import Annotated

import typer

from fazhi.cli._annotation import annotation_app


@annotation_app.command("serve")
def serve(
    data: Annotated[
        Path | None, typer.Option(help="Folder for the server's data and credentials.")
    ] = None,
    environment: Annotated[
        Path | None, typer.Option(help="Folder for its Python environment; made if missing.")
    ] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")] = 8080,
    prepare: Annotated[
        bool, typer.Option("--prepare", help="Make the environment, and stop.")
    ] = False,
) -> None:
    """Run a private Label Studio server on this machine until Ctrl-C.

    Example: fazhi annotation serve --port 8081
    """
    import signal

    from fazhi._paths import checkout
    from fazhi.annotation import (
        check_folder,
        credentials_file,
        default_folder,
        local_server,
        prepare_environment,
    )
    from fazhi.errors import ServerError

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    folder = data or default_folder()
    check_folder(folder, checkout())
    place = environment or folder / "environment"
    if not place.exists():
        typer.echo(f"Installing Label Studio in {place}: about 1 GB, a few minutes.")
    program = prepare_environment(place)
    if prepare:
        typer.echo(f"Label Studio is ready: {program}")
        return
    typer.echo("Starting Label Studio; the first start takes a minute.")
    try:
        with local_server(program, folder, port) as server:
            typer.echo(f"Label Studio: {server.credentials.url}")
            typer.echo(f"Credentials:  {credentials_file(folder)}")
            typer.echo("Stop it with Ctrl-C.")
            code = server.process.wait()
            raise ServerError(f"Label Studio stopped by itself ({code}). See {server.log}")
    except KeyboardInterrupt:
        typer.echo("Stopped.")
