package eval

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"

	"github.com/google/uuid"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// jsonencodeFunction returns jsonencode. The structure stays beside the text, with its unknown parts and references.
func jsonencodeFunction() function.Function {
	return dynamicFunction([]function.Parameter{anyParam("value")}, nil, func(args []cty.Value) (cty.Value, error) {
		return encodeJSON(args[0])
	})
}

// encodeJSON returns the JSON text of v, unknown when a part of v is, with its structure.
func encodeJSON(v cty.Value) (cty.Value, error) {
	plain, marks := v.UnmarkDeep()
	text := cty.UnknownVal(cty.String).RefineNotNull()
	if plain.IsWhollyKnown() {
		encoded, err := stdlib.JSONEncode(plain)
		if err != nil {
			return cty.NilVal, err
		}
		text = encoded
	}
	unmarkedText, _ := text.Unmark()
	return text.WithMarks(partly(marks)).Mark(&docMark{text: unmarkedText, value: v}), nil
}

// jsondecodeFunction returns jsondecode, also of an unknown text whose structure is known.
func jsondecodeFunction() function.Function {
	params := []function.Parameter{{Name: "text", Type: cty.String, AllowUnknown: true, AllowMarked: true}}
	return dynamicFunction(params, nil, func(args []cty.Value) (cty.Value, error) {
		text, marks := args[0].Unmark()
		if !text.IsKnown() {
			return structured(args[0]), nil
		}
		v, err := decodeJSON(text)
		if err != nil {
			return cty.NilVal, errors.New("not JSON")
		}
		return v.WithMarks(partly(marks)), nil
	})
}

// uuidv5 returns the UUID of a name in a namespace.
func uuidv5(namespace, name string) (string, error) {
	var space uuid.UUID
	switch namespace {
	case "dns":
		space = uuid.NameSpaceDNS
	case "url":
		space = uuid.NameSpaceURL
	case "oid":
		space = uuid.NameSpaceOID
	case "x500":
		space = uuid.NameSpaceX500
	default:
		parsed, err := uuid.Parse(namespace)
		if err != nil {
			return "", errors.New("not a namespace")
		}
		space = parsed
	}
	return uuid.NewSHA1(space, []byte(name)).String(), nil
}

// rsadecryptFunction returns rsadecrypt. What it decrypts is sensitive.
func rsadecryptFunction() function.Function {
	return twoTexts(func(ciphertext, key string) (string, error) {
		raw, err := base64.StdEncoding.DecodeString(ciphertext)
		if err != nil {
			return "", errors.New("not base64")
		}
		private, err := parseKey(key)
		if err != nil {
			return "", err
		}
		plain, err := rsa.DecryptPKCS1v15(nil, private, raw) //nolint:staticcheck // rsadecrypt() is a function of the language
		if err != nil {
			return "", errors.New("cannot decrypt")
		}
		return string(plain), nil
	})
}

func parseKey(key string) (*rsa.PrivateKey, error) {
	block, _ := pem.Decode([]byte(key))
	if block == nil {
		return nil, errors.New("not a PEM key")
	}
	if private, err := x509.ParsePKCS1PrivateKey(block.Bytes); err == nil {
		return private, nil
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if private, ok := parsed.(*rsa.PrivateKey); ok && err == nil {
		return private, nil
	}
	return nil, errors.New("not an RSA key")
}
