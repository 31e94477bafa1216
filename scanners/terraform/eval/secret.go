package eval

import (
	"slices"
	"strings"
	"unicode"
)

// isSecretItself says whether a name ends with the word for a secret, but for words about its form, and has no word
// about a place before: db_password and api_token_base64 are secrets, token_validity_units and ssm_key_password are not.
func isSecretItself(name string) bool {
	words := strings.FieldsFunc(strings.ToLower(name), func(c rune) bool { return c == '_' || c == '-' })
	if slices.ContainsFunc(words, func(word string) bool { return slices.Contains(placeWords(), word) }) {
		return false
	}
	for len(words) > 1 && (slices.Contains(formWords(), words[len(words)-1]) || strings.Trim(words[len(words)-1], "0123456789") == "") {
		words = words[:len(words)-1]
	}
	end := strings.TrimSuffix(strings.Join(words, ""), "s")
	return slices.ContainsFunc(secretWords(), func(word string) bool {
		return strings.HasSuffix(end, strings.ReplaceAll(word, "_", "")) || word == "secret" && strings.HasSuffix(end, "secretkey")
	})
}

// placeWords are in the names of variables that tell where a secret is kept.
func placeWords() []string {
	return []string{"chamber", "directory", "format", "name", "parameter", "path", "pattern", "ssm", "store"}
}

// formWords follow the word for a secret without changing what it means.
func formWords() []string {
	return []string{"b64", "base64", "content", "contents", "data", "default", "json", "map", "new", "old", "pem", "plaintext",
		"string", "text", "value", "values", "wo"}
}

// isPath says whether a text is the path of a file or of a parameter: it begins like one and has plain words only.
func isPath(text string) bool {
	if !strings.HasPrefix(text, "/") && !strings.HasPrefix(text, "./") && !strings.HasPrefix(text, "../") && !strings.HasPrefix(text, "~/") {
		return false
	}
	return !strings.ContainsFunc(text, func(c rune) bool {
		return !unicode.IsLower(c) && !unicode.IsDigit(c) && !strings.ContainsRune("/._-~%{}", c)
	})
}

// looksRandom says whether a text is like a password that was made up: not short, of three sorts of characters, no
// address.
func looksRandom(text string) bool {
	if len(text) < 8 || strings.Contains(text, "://") || strings.HasPrefix(text, "arn:") || strings.ContainsAny(text, " \n") {
		return false
	}
	sorts := 0
	for _, is := range []func(rune) bool{unicode.IsLower, unicode.IsUpper, unicode.IsDigit, unicode.IsPunct, unicode.IsSymbol} {
		if strings.ContainsFunc(text, is) {
			sorts++
		}
	}
	return sorts > 2
}
