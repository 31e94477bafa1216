package tom.lib.cipher_test

import data.tom.lib.cipher

test_aes_is_met_however_it_is_written if {
	every w in ["AES-256", "AES256", "aes-256", "AES", "AES 256 bit", "256-bit AES", "AES-128"] {
		cipher.met(w, set())
		not cipher.unmet(w, set())
	}
}

test_modes_are_met_where_the_service_has_them if {
	cipher.met("AES-256-GCM", {"GCM"})
	not cipher.met("AES-256-GCM", set())
	cipher.unmet("AES-256-GCM", {"XTS"})
	cipher.met("AES-256-XTS", {"XTS"})
}

test_other_ciphers_are_unmet if {
	every w in ["ChaCha20-Poly1305", "Twofish", "3DES", "AES-512", ""] {
		cipher.unmet(w, {"GCM"})
		not cipher.met(w, {"GCM"})
	}
}

test_nothing_holds_of_no_text if {
	not cipher.met(null, set())
	not cipher.unmet(null, set())
	not cipher.met(256, set())
	not cipher.unmet(256, set())
}
