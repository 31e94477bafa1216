package eval

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/tomscan/tomscan/evidence"
)

// estate returns so many resources in so many roots.
func estate(resources, perRoot int) (fstest.MapFS, []string) {
	fsys := fstest.MapFS{}
	var dirs []string
	for root := 0; root*perRoot < resources; root++ {
		dir := fmt.Sprintf("root%d", root)
		dirs = append(dirs, dir)
		fsys[dir+"/variables.tf"] = &fstest.MapFile{Data: []byte(`
variable "environment" { default = "prod" }
variable "kms_key" { type = string }
variable "ports" { default = [80, 443] }
provider "aws" { region = "eu-north-1" }
locals { 
  prefix = "acme-${var.environment}" 
  tags   = { environment = var.environment, owner = "platform" }
}
`)}
		var text strings.Builder
		for n := 0; n < perRoot/5; n++ {
			fmt.Fprintf(&text, `
resource "aws_s3_bucket" "b%[1]d" {
  bucket = "${local.prefix}-bucket-%[1]d"
  tags   = merge(local.tags, { n = %[1]d })
}
resource "aws_s3_bucket_versioning" "b%[1]d" {
  bucket = aws_s3_bucket.b%[1]d.id
  versioning_configuration {
    status = "Enabled"
  }
}
resource "aws_s3_bucket_policy" "b%[1]d" {
  bucket = aws_s3_bucket.b%[1]d.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Deny", Principal = "*", Action = "s3:*", Resource = ["${aws_s3_bucket.b%[1]d.arn}/*"],
      Condition = { Bool = { "aws:SecureTransport" = "false" } } }]
  })
}
resource "aws_db_instance" "d%[1]d" {
  identifier              = format("%%s-db-%[1]d", local.prefix)
  engine                  = "postgres"
  storage_encrypted       = true
  kms_key_id              = var.kms_key
  backup_retention_period = %[1]d %% 2 == 0 ? 7 : 35
  tags                    = local.tags
}
resource "aws_security_group" "s%[1]d" {
  name = "${local.prefix}-sg-%[1]d"
  dynamic "ingress" {
    for_each = var.ports
    content {
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = ["10.0.0.0/8"]
    }
  }
}
`, n)
		}
		fsys[dir+"/main.tf"] = &fstest.MapFile{Data: []byte(text.String())}
	}
	return fsys, dirs
}

// scanEstate evaluates all roots on two goroutines, as the collector does, and reads some settings of each instance.
func scanEstate(tb testing.TB, fsys fstest.MapFS) int {
	p := NewParser(fsys)
	roots, err := p.FindRoots(context.Background(), []string{"."}, nil)
	if err != nil {
		tb.Fatal(err)
	}
	work := make(chan RootDir)
	var mu sync.Mutex
	var wg sync.WaitGroup
	count := 0
	for range 2 {
		wg.Go(func() {
			for dir := range work {
				root, err := p.Evaluate(context.Background(), Options{Dir: dir.Dir})
				if err != nil {
					tb.Error(err)
					return
				}
				for _, b := range root.OfType("aws_s3_bucket") {
					root.Linked(b, "aws_s3_bucket_versioning", "bucket")
					root.Linked(b, "aws_s3_bucket_policy", "bucket")
				}
				for _, d := range root.OfType("aws_db_instance") {
					d.Attr("storage_encrypted").Bool(evidence.Value[bool]{})
					d.Attr("kms_key_id").Text(evidence.Value[string]{})
				}
				mu.Lock()
				count += len(root.Instances)
				mu.Unlock()
			}
		})
	}
	for _, dir := range roots {
		work <- dir
	}
	close(work)
	wg.Wait()
	return count
}

func BenchmarkEvaluate(b *testing.B) {
	for _, size := range [][2]int{{1000, 100}, {10000, 100}, {10000, 1000}, {10000, 10000}} {
		b.Run(fmt.Sprintf("%d/%d", size[0], size[1]), func(b *testing.B) {
			fsys, _ := estate(size[0], size[1])
			b.ReportAllocs()
			for b.Loop() {
				if n := scanEstate(b, fsys); n != size[0] {
					b.Fatalf("%d instances", n)
				}
			}
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			b.ReportMetric(float64(m.Sys)/(1<<20), "MiB-sys")
		})
	}
}
