package fakeaws

import "net/http"

// ec2Operations are those of EC2. Resources: "ec2.volume", by id.
func ec2Operations() []Operation {
	return []Operation{
		{
			Name: "ec2.DescribeVolumes", Lists: "ec2.volume", By: "VolumeId", At: "volumeSet", TokenIn: "NextToken", TokenOut: "nextToken",
			SizeIn: "MaxResults", MaxPage: 500,
			Missing: Error{Status: http.StatusBadRequest, Code: "InvalidVolume.NotFound", Message: "The volume '<resource>' does not exist."},
		},
	}
}
