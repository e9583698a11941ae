"""The written consent of whoever tells a story: its rules, and where it is kept."""
