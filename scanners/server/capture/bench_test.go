package capture

import (
	"bytes"
	"os"
	"testing"
)

func BenchmarkReadBundle(b *testing.B) {
	data, err := os.ReadFile("/tmp/c/host.tmp")
	if err != nil {
		b.Skip(err)
	}
	for b.Loop() {
		if _, _, _, err := ReadBundle(bytes.NewReader(data), DefaultLimits()); err != nil {
			b.Fatal(err)
		}
	}
}
