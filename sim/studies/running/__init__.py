"""Running a study: resume, extend, verify."""
