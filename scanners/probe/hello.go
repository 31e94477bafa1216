package probe

import (
	"crypto/ecdh"
	"crypto/rand"
	"encoding/binary"
)

// version is a version of TLS as it stands on the wire.
type version uint16

// The versions that are asked for. Nothing speaks SSL 2.0 that does not speak one of these as well.
const (
	ssl30 version = 0x0300
	tls10 version = 0x0301
	tls11 version = 0x0302
	tls12 version = 0x0303
	tls13 version = 0x0304
)

// versions are all, newest first: a server that closes a door after a hello that it dislikes has told most by then.
func versions() []version { return []version{tls13, tls12, tls11, tls10, ssl30} }

// String returns a name such as TLS 1.2.
func (v version) String() string {
	if v == ssl30 {
		return "SSL 3.0"
	}
	return "TLS 1." + string(rune('0'+v-tls10))
}

// span is a run of numbers.
type span struct{ from, to uint16 }

// suites are the cipher suites of a version, the usual ones first: all that IANA's registry knows, with GOST of older drafts, without
// SRP, whose suites a server may choose and then refuse for want of an extension.
// https://www.iana.org/assignments/tls-parameters/tls-parameters.xhtml#tls-parameters-4
func suites(v version) []uint16 {
	old := []span{
		{0xC009, 0xC014}, {0x002F, 0x003A}, {0x0001, 0x001B}, {0x001E, 0x002E}, {0x0041, 0x0046}, {0x0060, 0x0066}, {0x0080, 0x0095},
		{0x0096, 0x009B}, {0xC001, 0xC008}, {0xC015, 0xC019}, {0xC033, 0xC036}, {0xC039, 0xC03B}, {0xFF85, 0xFF85},
	}
	switch v {
	case tls13: // https://www.iana.org/go/rfc8446; ShangMi: https://www.rfc-editor.org/rfc/rfc8998; GOST: https://www.rfc-editor.org/rfc/rfc9367
		return spread([]span{{0x1301, 0x1305}, {0x00C6, 0x00C7}, {0xC103, 0xC106}})
	case tls12:
		return spread(append([]span{
			{0xC02B, 0xC032}, {0xC023, 0xC02A}, {0xCCA8, 0xCCAE}, {0x009C, 0x00AD}, {0x003B, 0x0040}, {0x0067, 0x006D}, {0x00AE, 0x00C5},
			{0xC037, 0xC038}, {0xC03C, 0xC0AF}, {0xC100, 0xC102}, {0xD001, 0xD003}, {0xD005, 0xD005},
		}, old...))
	case ssl30: // Fortezza's suites exist there alone
		return append(spread(old), 0x001C, 0x001D)
	default:
		return spread(old)
	}
}

func spread(spans []span) []uint16 {
	var all []uint16
	for _, s := range spans {
		for n := s.from; n <= s.to; n++ {
			all = append(all, n)
		}
	}
	return all
}

// renegotiation is the suite that is none: without it or the extension some servers speak to nobody.
// https://datatracker.ietf.org/doc/html/rfc5746#section-3.3
const renegotiation = 0x00FF

// hello is the record with a ClientHello that offers one version, all its suites and no other: the answer says whether the server speaks
// it with anybody. No fallback is signalled, which servers would refuse (https://datatracker.ietf.org/doc/html/rfc7507#section-3).
func hello(v version, serverName string) []byte {
	body := binary.BigEndian.AppendUint16(nil, uint16(min(v, tls12)))
	body = append(body, random(32)...)
	if v == tls13 { // as if resumed, for boxes in between: https://datatracker.ietf.org/doc/html/rfc8446#appendix-D.4
		body = appendShort(body, random(32))
	} else {
		body = append(body, 0)
	}
	list := suites(v)
	if v < tls13 {
		list = append(list, renegotiation)
	}
	body = appendLong(body, numbers(list))
	body = append(body, 1, 0) // no compression
	if v > ssl30 {
		body = appendLong(body, extensions(v, serverName))
	}
	message := append([]byte{1, 0, byte(len(body) >> 8), byte(len(body))}, body...)
	record := binary.BigEndian.AppendUint16([]byte{recordHandshake}, uint16(min(v, tls10)))
	return appendLong(record, message)
}

// extensions are those without which servers refuse. Below 1.3 the version stands in the hello itself: the highest that the client knows.
func extensions(v version, serverName string) []byte {
	var all []byte
	add := func(id uint16, body []byte) { all = appendLong(binary.BigEndian.AppendUint16(all, id), body) }
	if serverName != "" {
		add(0, appendLong(nil, appendLong([]byte{0}, []byte(serverName))))
	}
	add(10, appendLong(nil, numbers(groups())))
	if v < tls13 {
		add(11, appendShort(nil, []byte{0, 1, 2})) // forms of points
	}
	if v >= tls12 {
		add(13, appendLong(nil, numbers(signatures())))
	}
	if v == tls13 {
		add(43, appendShort(nil, numbers([]uint16{uint16(tls13)})))
		add(51, appendLong(nil, appendLong(numbers([]uint16{x25519}), share())))
	}
	return all
}

// x25519 is the group that a share is sent of. A server that wants another says so (HelloRetryRequest), and speaks TLS 1.3 therefore.
const x25519 = 29

// groups are the groups of IANA's registry, without hybrids with keys of kilobytes.
// https://www.iana.org/assignments/tls-parameters/tls-parameters.xhtml#tls-parameters-8
func groups() []uint16 {
	return append([]uint16{x25519, 23, 24, 25, 30}, spread([]span{{26, 28}, {1, 22}, {31, 41}, {256, 260}})...)
}

// signatures are those of TLS 1.3, and all pairs of a hash and a key of TLS 1.2, MD5 and DSA included.
// https://www.iana.org/assignments/tls-parameters/tls-parameters.xhtml#tls-signaturescheme
func signatures() []uint16 {
	all := append([]uint16{0x0403, 0x0503, 0x0603}, spread([]span{{0x0804, 0x080B}, {0x081A, 0x081C}})...)
	for hash := uint16(6); hash >= 1; hash-- {
		for _, key := range []uint16{1, 3, 2} {
			if n := hash<<8 | key; n != 0x0403 && n != 0x0503 && n != 0x0603 {
				all = append(all, n)
			}
		}
	}
	return append(all, 0x0708)
}

// share is the public half of a key that is forgotten at once.
func share() []byte {
	key, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		return random(32) // every 32 bytes are a point
	}
	return key.PublicKey().Bytes()
}

func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // it never fails: https://pkg.go.dev/crypto/rand#Read
	return b
}

func numbers(list []uint16) []byte {
	var b []byte
	for _, n := range list {
		b = binary.BigEndian.AppendUint16(b, n)
	}
	return b
}

func appendShort(b, what []byte) []byte { return append(append(b, byte(len(what))), what...) }

func appendLong(b, what []byte) []byte {
	return append(binary.BigEndian.AppendUint16(b, uint16(len(what))), what...)
}
