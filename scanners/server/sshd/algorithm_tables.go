package sshd

// The tables of this file are those of the daemon from 7.4 to 10.5: myproposal.h, cipher.c, mac.c, kex-names.c and sshkey.c of
// https://github.com/openssh/openssh-portable at the tag of each version.

// ciphers are the ciphers.
func ciphers() family {
	return family{
		all: []algorithm{
			{name: "3des-cbc"},
			{name: "aes128-cbc"},
			{name: "aes192-cbc"},
			{name: "aes256-cbc"},
			{name: "aes128-ctr"},
			{name: "aes192-ctr"},
			{name: "aes256-ctr"},
			{name: "aes128-gcm@openssh.com"},
			{name: "aes256-gcm@openssh.com"},
			{name: "chacha20-poly1305@openssh.com"},
			{name: "rijndael-cbc@lysator.liu.se", until: 805},
			{name: "blowfish-cbc", until: 706},
			{name: "cast128-cbc", until: 706},
			{name: "arcfour", until: 706},
			{name: "arcfour128", until: 706},
			{name: "arcfour256", until: 706},
		},
		defaults: []offer{
			{0, "chacha20-poly1305@openssh.com,aes128-ctr,aes192-ctr,aes256-ctr,aes128-gcm@openssh.com,aes256-gcm@openssh.com"},
			{1000, "chacha20-poly1305@openssh.com,aes128-gcm@openssh.com,aes256-gcm@openssh.com,aes128-ctr,aes192-ctr,aes256-ctr"},
		},
	}
}

// macs are the message authentication codes.
func macs() family {
	return family{
		all: []algorithm{
			{name: "hmac-sha1"},
			{name: "hmac-sha1-96"},
			{name: "hmac-sha2-256"},
			{name: "hmac-sha2-512"},
			{name: "hmac-md5"},
			{name: "hmac-md5-96"},
			{name: "umac-64@openssh.com"},
			{name: "umac-128@openssh.com"},
			{name: "hmac-sha1-etm@openssh.com"},
			{name: "hmac-sha1-96-etm@openssh.com"},
			{name: "hmac-sha2-256-etm@openssh.com"},
			{name: "hmac-sha2-512-etm@openssh.com"},
			{name: "hmac-md5-etm@openssh.com"},
			{name: "hmac-md5-96-etm@openssh.com"},
			{name: "umac-64-etm@openssh.com"},
			{name: "umac-128-etm@openssh.com"},
		},
		defaults: []offer{
			{0, "umac-64-etm@openssh.com,umac-128-etm@openssh.com,hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com,hmac-sha1-etm@openssh.com,umac-64@openssh.com,umac-128@openssh.com,hmac-sha2-256,hmac-sha2-512,hmac-sha1"},
		},
	}
}

// keyExchanges are the key exchanges.
func keyExchanges() family {
	return family{
		all: []algorithm{
			{name: "diffie-hellman-group1-sha1"},
			{name: "diffie-hellman-group14-sha1"},
			{name: "diffie-hellman-group14-sha256"},
			{name: "diffie-hellman-group16-sha512"},
			{name: "diffie-hellman-group18-sha512"},
			{name: "diffie-hellman-group-exchange-sha1"},
			{name: "diffie-hellman-group-exchange-sha256"},
			{name: "ecdh-sha2-nistp256"},
			{name: "ecdh-sha2-nistp384"},
			{name: "ecdh-sha2-nistp521"},
			{name: "mlkem768nistp256-sha256", since: 1005},
			{name: "curve25519-sha256"},
			{name: "curve25519-sha256@libssh.org"},
			{name: "sntrup761x25519-sha512", since: 902},
			{name: "sntrup761x25519-sha512@openssh.com", since: 805},
			{name: "mlkem768x25519-sha256", since: 909},
			{name: "sntrup4591761x25519-sha512@tinyssh.org", since: 800, until: 805},
		},
		defaults: []offer{
			{0, "curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256,ecdh-sha2-nistp384,ecdh-sha2-nistp521,diffie-hellman-group-exchange-sha256,diffie-hellman-group16-sha512,diffie-hellman-group18-sha512,diffie-hellman-group14-sha256,diffie-hellman-group14-sha1"},
			{802, "curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256,ecdh-sha2-nistp384,ecdh-sha2-nistp521,diffie-hellman-group-exchange-sha256,diffie-hellman-group16-sha512,diffie-hellman-group18-sha512,diffie-hellman-group14-sha256"},
			{809, "curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256,ecdh-sha2-nistp384,ecdh-sha2-nistp521,sntrup761x25519-sha512@openssh.com,diffie-hellman-group-exchange-sha256,diffie-hellman-group16-sha512,diffie-hellman-group18-sha512,diffie-hellman-group14-sha256"},
			{900, "sntrup761x25519-sha512@openssh.com,curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256,ecdh-sha2-nistp384,ecdh-sha2-nistp521,diffie-hellman-group-exchange-sha256,diffie-hellman-group16-sha512,diffie-hellman-group18-sha512,diffie-hellman-group14-sha256"},
			{909, "sntrup761x25519-sha512,sntrup761x25519-sha512@openssh.com,mlkem768x25519-sha256,curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256,ecdh-sha2-nistp384,ecdh-sha2-nistp521,diffie-hellman-group-exchange-sha256,diffie-hellman-group16-sha512,diffie-hellman-group18-sha512,diffie-hellman-group14-sha256"},
			{1000, "mlkem768x25519-sha256,sntrup761x25519-sha512,sntrup761x25519-sha512@openssh.com,curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256,ecdh-sha2-nistp384,ecdh-sha2-nistp521"},
		},
	}
}

// keyTypes are the algorithms of keys of hosts and users.
func keyTypes() family {
	return family{wildcards: true,
		all: []algorithm{
			{name: "ssh-ed25519"},
			{name: "ssh-ed25519-cert-v01@openssh.com"},
			{name: "sk-ssh-ed25519@openssh.com", since: 802},
			{name: "sk-ssh-ed25519-cert-v01@openssh.com", since: 802},
			{name: "ecdsa-sha2-nistp256"},
			{name: "ecdsa-sha2-nistp256-cert-v01@openssh.com"},
			{name: "ecdsa-sha2-nistp384"},
			{name: "ecdsa-sha2-nistp384-cert-v01@openssh.com"},
			{name: "ecdsa-sha2-nistp521"},
			{name: "ecdsa-sha2-nistp521-cert-v01@openssh.com"},
			{name: "sk-ecdsa-sha2-nistp256@openssh.com", since: 802},
			{name: "sk-ecdsa-sha2-nistp256-cert-v01@openssh.com", since: 802},
			{name: "webauthn-sk-ecdsa-sha2-nistp256@openssh.com", since: 803},
			{name: "webauthn-sk-ecdsa-sha2-nistp256-cert-v01@openssh.com", since: 1003},
			{name: "ssh-dss", until: 1000},
			{name: "ssh-dss-cert-v01@openssh.com", until: 1000},
			{name: "ssh-rsa"},
			{name: "ssh-rsa-cert-v01@openssh.com"},
			{name: "rsa-sha2-256"},
			{name: "rsa-sha2-256-cert-v01@openssh.com", since: 708},
			{name: "rsa-sha2-512"},
			{name: "rsa-sha2-512-cert-v01@openssh.com", since: 708},
		},
		defaults: []offer{
			{0, "ecdsa-sha2-nistp256-cert-v01@openssh.com,ecdsa-sha2-nistp384-cert-v01@openssh.com,ecdsa-sha2-nistp521-cert-v01@openssh.com,ssh-ed25519-cert-v01@openssh.com,ssh-rsa-cert-v01@openssh.com,ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,ssh-ed25519,rsa-sha2-512,rsa-sha2-256,ssh-rsa"},
			{708, "ecdsa-sha2-nistp256-cert-v01@openssh.com,ecdsa-sha2-nistp384-cert-v01@openssh.com,ecdsa-sha2-nistp521-cert-v01@openssh.com,ssh-ed25519-cert-v01@openssh.com,rsa-sha2-512-cert-v01@openssh.com,rsa-sha2-256-cert-v01@openssh.com,ssh-rsa-cert-v01@openssh.com,ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,ssh-ed25519,rsa-sha2-512,rsa-sha2-256,ssh-rsa"},
			{802, "ecdsa-sha2-nistp256-cert-v01@openssh.com,ecdsa-sha2-nistp384-cert-v01@openssh.com,ecdsa-sha2-nistp521-cert-v01@openssh.com,sk-ecdsa-sha2-nistp256-cert-v01@openssh.com,ssh-ed25519-cert-v01@openssh.com,sk-ssh-ed25519-cert-v01@openssh.com,rsa-sha2-512-cert-v01@openssh.com,rsa-sha2-256-cert-v01@openssh.com,ssh-rsa-cert-v01@openssh.com,ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,sk-ecdsa-sha2-nistp256@openssh.com,ssh-ed25519,sk-ssh-ed25519@openssh.com,rsa-sha2-512,rsa-sha2-256,ssh-rsa"},
			{805, "ssh-ed25519-cert-v01@openssh.com,ecdsa-sha2-nistp256-cert-v01@openssh.com,ecdsa-sha2-nistp384-cert-v01@openssh.com,ecdsa-sha2-nistp521-cert-v01@openssh.com,sk-ssh-ed25519-cert-v01@openssh.com,sk-ecdsa-sha2-nistp256-cert-v01@openssh.com,rsa-sha2-512-cert-v01@openssh.com,rsa-sha2-256-cert-v01@openssh.com,ssh-rsa-cert-v01@openssh.com,ssh-ed25519,ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,sk-ssh-ed25519@openssh.com,sk-ecdsa-sha2-nistp256@openssh.com,rsa-sha2-512,rsa-sha2-256,ssh-rsa"},
			{808, "ssh-ed25519-cert-v01@openssh.com,ecdsa-sha2-nistp256-cert-v01@openssh.com,ecdsa-sha2-nistp384-cert-v01@openssh.com,ecdsa-sha2-nistp521-cert-v01@openssh.com,sk-ssh-ed25519-cert-v01@openssh.com,sk-ecdsa-sha2-nistp256-cert-v01@openssh.com,rsa-sha2-512-cert-v01@openssh.com,rsa-sha2-256-cert-v01@openssh.com,ssh-ed25519,ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,sk-ssh-ed25519@openssh.com,sk-ecdsa-sha2-nistp256@openssh.com,rsa-sha2-512,rsa-sha2-256"},
			{1003, "ssh-ed25519-cert-v01@openssh.com,ecdsa-sha2-nistp256-cert-v01@openssh.com,ecdsa-sha2-nistp384-cert-v01@openssh.com,ecdsa-sha2-nistp521-cert-v01@openssh.com,sk-ssh-ed25519-cert-v01@openssh.com,sk-ecdsa-sha2-nistp256-cert-v01@openssh.com,webauthn-sk-ecdsa-sha2-nistp256-cert-v01@openssh.com,rsa-sha2-512-cert-v01@openssh.com,rsa-sha2-256-cert-v01@openssh.com,ssh-ed25519,ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,sk-ssh-ed25519@openssh.com,sk-ecdsa-sha2-nistp256@openssh.com,webauthn-sk-ecdsa-sha2-nistp256@openssh.com,rsa-sha2-512,rsa-sha2-256"},
		},
	}
}

// signatures are the algorithms by which authorities sign certificates.
func signatures() family {
	return family{wildcards: true,
		all: []algorithm{
			{name: "ssh-ed25519"},
			{name: "sk-ssh-ed25519@openssh.com", since: 802},
			{name: "ecdsa-sha2-nistp256"},
			{name: "ecdsa-sha2-nistp384"},
			{name: "ecdsa-sha2-nistp521"},
			{name: "sk-ecdsa-sha2-nistp256@openssh.com", since: 802},
			{name: "webauthn-sk-ecdsa-sha2-nistp256@openssh.com", since: 803},
			{name: "ssh-dss", until: 1000},
			{name: "ssh-rsa"},
			{name: "rsa-sha2-256"},
			{name: "rsa-sha2-512"},
		},
		defaults: []offer{
			{0, ""},
			{709, "ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,ssh-ed25519,rsa-sha2-512,rsa-sha2-256,ssh-rsa"},
			{802, "ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,sk-ecdsa-sha2-nistp256@openssh.com,ssh-ed25519,sk-ssh-ed25519@openssh.com,rsa-sha2-512,rsa-sha2-256"},
			{805, "ssh-ed25519,ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,sk-ssh-ed25519@openssh.com,sk-ecdsa-sha2-nistp256@openssh.com,rsa-sha2-512,rsa-sha2-256"},
			{1003, "ssh-ed25519,ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,sk-ssh-ed25519@openssh.com,sk-ecdsa-sha2-nistp256@openssh.com,webauthn-sk-ecdsa-sha2-nistp256@openssh.com,rsa-sha2-512,rsa-sha2-256"},
		},
	}
}
