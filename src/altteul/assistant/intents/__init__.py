"""What somebody wants to know, learned from sentences. The cues of the rules are among its signs,
and the rules (`purposes`) decide where it is in doubt. `deciding` is the way in, `training` makes
the weights."""
