package eval

import "strings"

// harmless says whether a text looks like a setting rather than a secret: a word, a number, a region, an ARN, a CIDR
// block, a name. Everything else is not.
func harmless(text string) bool {
	if len(text) >= 64 && !strings.HasPrefix(text, "arn:aws") || len(text) > 160 {
		return false
	}
	for i := 0; i < len(text); i++ {
		if c := text[i]; !isWord(c) && strings.IndexByte("./:*-", c) < 0 || c >= 0x80 {
			return false
		}
	}
	if strings.HasPrefix(text, "arn:aws") {
		return true
	}
	for _, prefix := range keyPrefixes() {
		if strings.Contains(text, prefix) {
			return false
		}
	}
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("._/:*-", r) }) {
		if randomLooking(part) {
			return false
		}
	}
	return !isUUID(text)
}

// keyPrefixes lists how well-known keys and tokens begin.
func keyPrefixes() []string {
	return []string{"AKIA", "ASIA", "AIza", "eyJ", "ghp_", "gho_", "ghs_", "github_pat_", "glpat-", "hvs.", "sk_live_", "sk_test_", "xox"}
}

// randomLooking says whether a run of letters and digits looks made up by chance: long, and of mixed characters.
func randomLooking(part string) bool {
	if len(part) < 12 {
		return false
	}
	digits, changes := 0, 0
	for i := 0; i < len(part); i++ {
		if class(part[i]) == 0 {
			digits++
		}
		if i > 0 && class(part[i]) != class(part[i-1]) {
			changes++
		}
	}
	return digits < len(part) && (digits >= 3 || digits > 0 && changes*3 > len(part)) || changes*2 > len(part) || len(part) >= 32
}

// class returns 0 for digits, 1 for small and 2 for capital letters.
func class(b byte) int {
	switch {
	case b >= '0' && b <= '9':
		return 0
	case b >= 'A' && b <= 'Z':
		return 2
	}
	return 1
}

// isUUID says whether a text has the form of a UUID.
func isUUID(text string) bool {
	if len(text) != 36 {
		return false
	}
	for _, i := range []int{8, 13, 18, 23} {
		if text[i] != '-' {
			return false
		}
	}
	return true
}

// sensitiveName says whether the values of an attribute, or of a member of a map, are not shown as they are.
func sensitiveName(name string) bool {
	if name == "" {
		return false
	}
	if secretName(name) {
		return true
	}
	switch lower := strings.ToLower(name); lower {
	case "auth", "certificate_body", "certificate_chain", "command", "content", "content_base64", "cookie", "custom_data",
		"data", "dsn", "environment", "environment_variables", "env", "args", "hash", "hmac", "inline", "key_material",
		"plaintext", "psk", "public_key", "salt", "script", "seed", "sensitive_content", "signature", "template_body",
		"user_data", "user_data_base64", "userdata", "value", "values", "variables", "vars", "webhook":
		return true
	default:
		return strings.HasSuffix(lower, "_key") && lower != "kms_key" && lower != "range_key" && lower != "hash_key" ||
			strings.HasSuffix(lower, "_url") || strings.HasSuffix(lower, "_uri") || strings.HasSuffix(lower, "_dsn")
	}
}
