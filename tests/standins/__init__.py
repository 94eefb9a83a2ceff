"""Meta's and Twilio's servers and people's phones, faithful enough to fail like them.

`graph_api` and `twilio_api` are the servers, `serving.serve` runs them; `phone` is a
person, `lines` carries what the person does to the office, `faults` lets things fail.
"""
