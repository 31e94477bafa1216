# METADATA
# title: Web sites log every request
# custom:
#   id: TOM-AUD-010
#   measure: audit-logging
#   kind: web_site
#   severity: medium
#   remedy: Give each site an access_log (nginx) or a CustomLog (Apache), and switch it off in no location.
#   source: https://nginx.org/en/docs/http/ngx_http_log_module.html
package tom.audit_logging.web_site

import data.tom.lib.value

applies if value.wants(input.want.sources, "access")

pass if value.is_true(input.settings.access_logging)

fail contains {"code": "switched_off", "setting": "access_logging"} if {
	value.is_false(input.settings.access_logging)
}
