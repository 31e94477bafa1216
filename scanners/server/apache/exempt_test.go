package apache

import "testing"

// TestExempt says which expressions match only what certificate authorities ask for. The first are those of cPanel.
func TestExempt(t *testing.T) {
	t.Parallel()
	for pattern, want := range map[string]bool{
		`^/[0-9]+\..+\.cpaneldcv$`:                                           true,
		`^/[A-F0-9]{32}\.txt(?:\ Comodo\ DCV)?$`:                             true,
		`^/\.well-known/pki-validation/[A-F0-9]{32}\.txt(?:\ Comodo\ DCV)?$`: true,
		`^/\.well-known/acme-challenge/[0-9a-zA-Z_-]+$`:                      true,
		`^/\.well-known/cpanel-dcv/[0-9a-zA-Z_-]+$`:                          true,
		`^/\.well-known/`:                false, // metadata of all kinds: RFC 8615
		`^/\.well-known/acme-challenges`: false,
		`/.well-known/security.txt`:      false,
		`^\.well-known/acme-challenge/`:  true,  // of a directory, without its slash
		`/.well-known/acme-challenge`:    true,  // the prefix of a Location
		`/\.well-known/`:                 false, // anywhere in the path
		`\.well-known`:                   false,
		`/shop/\.well-known/`:            false,
		`^/(shop|\.well-known)/`:         false,
		`^/.*\.well-known`:               false,
		`^/\.well-knownish`:              false,
		`DCV`:                            false,
		`cpaneldcv`:                      false,
		`^/.*\.cpaneldcv`:                false,
		`^/shop`:                         false,
	} {
		if got := exempt(pattern); got != want {
			t.Errorf("%s: got %v, want %v", pattern, got, want)
		}
	}
}
