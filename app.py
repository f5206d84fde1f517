"""The Streamlit entry: ``streamlit run app.py``. Navigation and theme, nothing else."""

from assistant.ui import shell

shell.run()
