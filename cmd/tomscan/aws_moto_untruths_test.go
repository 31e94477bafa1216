package main

// An untruth is a difference that moto makes: a check that the code and moto decide differently, though AWS would decide
// as the code does.
type untruth struct {
	check, address string
	differs        string // the two verdicts
	why            string
}

// motoUntruths are all of them, sorted. Each must occur: one that moto has learned about since fails the test.
func motoUntruths() []untruth {
	return []untruth{
		{"TOM-ENC-002", "aws_ebs_volume.us", "code pass, live fail", "moto keeps the region's default of encryption, and does not apply it to new volumes"},
		{"TOM-KEY-001", "aws_kms_key.slow", "code fail, live pass", "moto does not keep the period of a rotation, and AWS' default is then a year"},
		{"TOM-TLS-006", "aws_redshift_cluster.bad", "code pass, live fail", oldWarehouse},
		{"TOM-TLS-006", "aws_redshift_cluster.good", "code pass, live fail", oldWarehouse},
	}
}

// https://docs.aws.amazon.com/redshift/latest/mgmt/connecting-ssl-support.html
const oldWarehouse = "moto gives default.redshift-1.0 without require_ssl; AWS gives default.redshift-2.0 with it since 2025-01-10"
