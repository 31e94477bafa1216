# METADATA
# title: Content delivery networks have a web application firewall
# custom:
#   id: TOM-WAF-002
#   measure: web-application-firewall
#   kind: cdn
#   severity: medium
#   remedy: Set web_acl_id of the distribution to the ARN of a web ACL.
#   source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-web-awswaf.html
package tom.web_application_firewall.cdn

import data.tom.lib.value

pass if value.is_true(input.settings.web_firewall)

fail contains {"code": "switched_off", "setting": "web_firewall"} if value.is_false(input.settings.web_firewall)
