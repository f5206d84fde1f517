"""The assistant's voice: what a person says becomes proposals, answers by code, and now and then a model's words."""
