package reports

import "strings"

// escapeMarkdown returns text that Markdown shows as it is: no formatting, no HTML, no table cells, no links, and nobody
// is mentioned.
func escapeMarkdown(text string) string {
	var b strings.Builder
	for _, r := range visible(text) {
		switch r {
		case '&':
			b.WriteString("&amp;")
		case '<':
			b.WriteString("&lt;")
		case '>':
			b.WriteString("&gt;")
		case '@', '#': // an empty comment keeps people and issues from being linked
			b.WriteRune(r)
			b.WriteString("<!-- -->")
		case '\\', '`', '*', '_', '{', '}', '[', ']', '|', '~', '!', '$':
			b.WriteRune('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
	return plainURLs(b.String())
}

// plainURLs keeps addresses of pages from becoming links.
func plainURLs(text string) string {
	return strings.NewReplacer("://", ":<!-- -->//", "www.", "www<!-- -->.").Replace(text)
}

// codeSpan shows text as code. In a code span only backticks have a meaning, so it is fenced by one more than it holds.
func codeSpan(text string) string {
	text = visible(text)
	fence := "`"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	if fence == "`" {
		return fence + text + fence
	}
	return fence + " " + text + " " + fence
}
