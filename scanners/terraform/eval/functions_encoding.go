package eval

import (
	"bytes"
	"compress/gzip"
	"crypto/md5"  //nolint:gosec // md5() is a function of the language
	"crypto/sha1" //nolint:gosec // sha1() is a function of the language
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"net/url"
	"strings"
	"unicode/utf8"

	ctyyaml "github.com/zclconf/go-cty-yaml"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
	"golang.org/x/text/encoding/ianaindex"
)

// encodingFunctions lists the functions that encode, decode and hash, sorted by name.
func encodingFunctions() []entry {
	return []entry{
		{"base64decode", changes, textFunction(decodeBase64)},
		{"base64encode", changes, textFunction(func(s string) (string, error) { return base64.StdEncoding.EncodeToString([]byte(s)), nil })},
		{"base64gzip", changes, textFunction(base64gzip)},
		{"base64sha256", changes, hashFunction(base64Digest(sum256))},
		{"base64sha512", changes, hashFunction(base64Digest(sum512))},
		{"csvdecode", changes, stdlib.CSVDecodeFunc},
		{"jsondecode", passes, jsondecodeFunction()},
		{"jsonencode", passes, jsonencodeFunction()},
		{"md5", changes, hashFunction(hexDigest(sumMD5))},
		{"rsadecrypt", changes, rsadecryptFunction()},
		{"sha1", changes, hashFunction(hexDigest(sum1))},
		{"sha256", changes, hashFunction(hexDigest(sum256))},
		{"sha512", changes, hashFunction(hexDigest(sum512))},
		{"textdecodebase64", changes, twoTexts(decodeText)},
		{"textencodebase64", changes, twoTexts(encodeText)},
		{"urlencode", changes, textFunction(func(s string) (string, error) { return url.QueryEscape(s), nil })},
		{"uuidv5", changes, twoTexts(uuidv5)},
		{"yamldecode", changes, bounded(ctyyaml.YAMLDecodeFunc, aliasesFit)},
		{"yamlencode", changes, ctyyaml.YAMLEncodeFunc},
	}
}

// textFunction returns a function from one text to another.
func textFunction(f func(string) (string, error)) function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "text", Type: cty.String}},
		Type:   function.StaticReturnType(cty.String),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			s, err := f(args[0].AsString())
			if err != nil {
				return cty.NilVal, err
			}
			return cty.StringVal(s), nil
		},
	})
}

// twoTexts returns a function from two texts to a third.
func twoTexts(f func(a, b string) (string, error)) function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "a", Type: cty.String}, {Name: "b", Type: cty.String}},
		Type:   function.StaticReturnType(cty.String),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			s, err := f(args[0].AsString(), args[1].AsString())
			if err != nil {
				return cty.NilVal, err
			}
			return cty.StringVal(s), nil
		},
	})
}

// digest makes the digest of some bytes and writes it as text.
type digest func([]byte) string

func hashFunction(d digest) function.Function {
	return textFunction(func(s string) (string, error) { return d([]byte(s)), nil })
}

func hexDigest(sum func([]byte) []byte) digest {
	return func(b []byte) string { return hex.EncodeToString(sum(b)) }
}

func base64Digest(sum func([]byte) []byte) digest {
	return func(b []byte) string { return base64.StdEncoding.EncodeToString(sum(b)) }
}

func sumMD5(b []byte) []byte { s := md5.Sum(b); return s[:] }  //nolint:gosec // see the import
func sum1(b []byte) []byte   { s := sha1.Sum(b); return s[:] } //nolint:gosec // see the import
func sum256(b []byte) []byte { s := sha256.Sum256(b); return s[:] }
func sum512(b []byte) []byte { s := sha512.Sum512(b); return s[:] }

func decodeBase64(s string) (string, error) {
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		return "", errors.New("not base64")
	}
	if !utf8.Valid(b) {
		return "", errors.New("the decoded bytes are not UTF-8")
	}
	return string(b), nil
}

func base64gzip(s string) (string, error) {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write([]byte(s)); err != nil {
		return "", err
	}
	if err := w.Flush(); err != nil { // Terraform does, and its result has the empty block
		return "", err
	}
	if err := w.Close(); err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(out.Bytes()), nil
}

func encodeText(s, name string) (string, error) {
	encoding, err := ianaindex.IANA.Encoding(name)
	if err != nil || encoding == nil {
		return "", errors.New("unknown encoding")
	}
	b, err := encoding.NewEncoder().Bytes([]byte(s))
	return base64.StdEncoding.EncodeToString(b), err
}

func decodeText(s, name string) (string, error) {
	encoding, err := ianaindex.IANA.Encoding(name)
	if err != nil || encoding == nil {
		return "", errors.New("unknown encoding")
	}
	raw, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		return "", errors.New("not base64")
	}
	b, err := encoding.NewDecoder().Bytes(raw)
	return string(b), err
}

// aliasesFit says whether a YAML text has so few aliases that no document made of copies of copies can become large.
func aliasesFit(args []cty.Value) bool {
	text, aliases := args[0].AsString(), 0
	for i := 0; i+1 < len(text); i++ {
		if text[i] == '*' && (i == 0 || strings.IndexByte(" \t\n[{,:-", text[i-1]) >= 0) && isWord(text[i+1]) {
			aliases++
		}
	}
	return aliases <= 20
}
