"""What somebody wants to know, learned from sentences; the rules of `purposes` are among its signs
and decide where it is in doubt. `deciding` is the way in, `training` makes the weights."""
