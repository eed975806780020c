"""The Streamlit app over the one view of findings. It reads a store and writes nothing."""
