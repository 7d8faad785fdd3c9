"""Running the exercise on screen: its plan, the weekly report, and beginning a new one."""
