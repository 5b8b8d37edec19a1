"""The pages of drafts: handing in, checking, exports, the queue of proposals."""
