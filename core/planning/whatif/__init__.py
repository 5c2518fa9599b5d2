"""What if: netted books kept ready, so that a change is followed in milliseconds on a view that is thrown away."""
