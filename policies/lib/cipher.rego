# METADATA
# title: Which promised ciphers the encryption at rest of a provider's storage meets
# description: |
#   Storage that is encrypted at all is encrypted with AES and keys of 256 bits by every service that has a level of
#   encryption here (https://docs.aws.amazon.com/kms/latest/cryptographic-details/crypto-primitives.html). So AES with
#   keys of up to 256 bits is met, as AES-256, aes256, AES 256 bit or AES alone; a mode of operation only where the
#   service's documentation names it. Another cipher is not what is there.
package tom.lib.cipher

# met(w, modes): the promised cipher w is AES, in no named mode or in one of the set modes.
met(w, modes) if _mode(w) in (modes | {""})

# unmet(w, modes): another cipher is promised.
unmet(w, modes) if {
	is_string(w)
	not met(w, modes)
}

_mode(w) := parts[0][1] if {
	is_string(w)
	parts := regex.find_all_string_submatch_n(_form, _letters(w), 1)
}

_form := `^(?:AES(?:128|192|256)?(?:BITS?)?|(?:128|192|256)(?:BITS?)?AES|XTSAES(?:128|256))((?:GCM|XTS|CBC|CTR)?)$`

_letters(w) := regex.replace(upper(w), `[^A-Z0-9]+`, "")
