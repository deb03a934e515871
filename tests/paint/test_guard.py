"""The painters replace parts of Manim: when it changes what they replace or count on, they must be read again."""

import hashlib
import inspect
from importlib import metadata

import pytest
from manim import Camera, Scene
from manim.renderer.cairo_renderer import CairoRenderer
from manim.scene.scene_file_writer import SceneFileWriter
from manim.utils.family import extract_mobject_family_members

from engine.errors import RunError
from pipeline.paint.guard import check_manim

# After reading what changed: python -m tests.paint.test_guard prints this table anew.
READ = {
    "CairoRenderer.__init__": "a855b8bacca5",
    "CairoRenderer.play": "5affbe0f311d",
    "CairoRenderer.render": "924e3bd668b2",
    "CairoRenderer.update_frame": "8f79c10a4826",
    "CairoRenderer.add_frame": "eadf486029f0",
    "CairoRenderer.freeze_current_frame": "a95825fff9f7",
    "CairoRenderer.save_static_frame_data": "bd2d2188c208",
    "CairoRenderer.update_skipping_status": "540096e4aea6",
    "CairoRenderer.scene_finished": "75b619f2f4b5",
    "Scene.begin_animations": "5560d14ab0eb",
    "Scene.play_internal": "c83eff575fd7",
    "Scene.compile_animation_data": "3299d9c41aae",
    "Scene.get_moving_mobjects": "d78d2af73679",
    "Scene.get_moving_and_static_mobjects": "c72dd989507b",
    "Camera.get_mobjects_to_display": "ef93088d70b3",
    "Camera.type_or_raise": "c22469b70ba6",
    "Camera.get_cairo_context": "52cd4d27b913",
    "Camera.set_cairo_context_path": "0e53e5837e78",
    "Camera.apply_fill": "021a92466cd3",
    "Camera.apply_stroke": "81447e68863e",
    "Camera.display_vectorized": "4d9d158f2a42",
    "Camera.display_image_mobject": "33bf81c2f983",
    "Camera.reset": "4d3cf5d3ee7a",
    "SceneFileWriter.__init__": "554895082a49",
    "SceneFileWriter.begin_animation": "7c4be6c4c6d1",
    "SceneFileWriter.end_animation": "bc4df9c66427",
    "SceneFileWriter.write_frame": "e1234e03b0a8",
    "SceneFileWriter.finish": "3cc7f6f16832",
    "SceneFileWriter.abort_encode_jobs": "651ec8fd8cd3",
    "SceneFileWriter.add_partial_movie_file": "5fdf0137c548",
    "SceneFileWriter.next_section": "cbdf62c2c4a3",
    "SceneFileWriter.save_image": "ae0ff61e90fd",
    "extract_mobject_family_members": "90b769a1324e",
}


def relied_upon() -> dict[str, str]:
    """Each method that is replaced or called in a certain order, with the digest of its source."""
    functions = [
        *(getattr(CairoRenderer, name) for name in ("__init__", "play", "render", "update_frame")),
        *(
            getattr(CairoRenderer, name)
            for name in ("add_frame", "freeze_current_frame", "save_static_frame_data")
        ),
        *(getattr(CairoRenderer, name) for name in ("update_skipping_status", "scene_finished")),
        *(getattr(Scene, name) for name in ("begin_animations", "play_internal", "compile_animation_data")),
        *(getattr(Scene, name) for name in ("get_moving_mobjects", "get_moving_and_static_mobjects")),
        *(
            getattr(Camera, name)
            for name in ("get_mobjects_to_display", "type_or_raise", "get_cairo_context")
        ),
        *(getattr(Camera, name) for name in ("set_cairo_context_path", "apply_fill", "apply_stroke")),
        *(getattr(Camera, name) for name in ("display_vectorized", "display_image_mobject", "reset")),
        *(getattr(SceneFileWriter, name) for name in ("__init__", "begin_animation", "end_animation")),
        *(getattr(SceneFileWriter, name) for name in ("write_frame", "finish", "abort_encode_jobs")),
        *(
            getattr(SceneFileWriter, name)
            for name in ("add_partial_movie_file", "next_section", "save_image")
        ),
        extract_mobject_family_members,
    ]
    return {one.__qualname__: _digest(inspect.getsource(one)) for one in functions}


def _digest(source: str) -> str:
    return hashlib.sha256(source.encode()).hexdigest()[:12]


def test_manim_is_as_it_was_read() -> None:
    now = relied_upon()
    changed = [name for name in now if READ.get(name) != now[name]]
    assert not changed, (
        f"Manim {metadata.version('manim')} changed {changed}: read pipeline/paint against them."
    )


def test_another_manim_is_refused_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    check_manim()
    monkeypatch.setattr(metadata, "version", lambda name: "0.23.1")
    with pytest.raises(RunError, match=r"0\.23\.1 is installed: pip install"):
        check_manim()


if __name__ == "__main__":
    print("READ =", relied_upon())
