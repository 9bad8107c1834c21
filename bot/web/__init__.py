"""The web chat: the only package that imports gradio."""

import os

# Gradio reads these when it is imported: it is to ask no host and to tell nobody anything.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ.setdefault("HF_HUB_OFFLINE", "1")
