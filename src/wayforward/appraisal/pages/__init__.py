"""The pages of the appraisal that the generic ones can't show: two minutes on the options, and what if."""
