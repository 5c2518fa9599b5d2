"""Fulfilment: choosing where to ship from, releasing, picking, packing, shipping, tracking and proof of delivery."""
