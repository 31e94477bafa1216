package terraform

import (
	"maps"
	"slices"
)

// credentialTypes are the types with arguments or environment variables that may hold a credential.
func credentialTypes() []string {
	types := slices.Collect(maps.Keys(credentialArguments()))
	types = append(types, "aws_batch_job_definition", "aws_codebuild_project", "aws_ecs_task_definition",
		"aws_elastic_beanstalk_environment", "aws_ssm_parameter")
	slices.Sort(types)
	return slices.Compact(types)
}

// credentialArguments are the arguments that hold a credential, by type: paths through nested blocks. A star before the
// last name stands for the members of a map whose names sound like a credential's.
func credentialArguments() map[string][]string {
	return map[string][]string{
		"aws_acm_certificate":                           {"private_key"},
		"aws_alb_listener":                              {"default_action.authenticate_oidc.client_secret"},
		"aws_amplify_app":                               {"access_token", "oauth_token", "basic_auth_credentials", "*environment_variables"},
		"aws_amplify_branch":                            {"basic_auth_credentials", "*environment_variables"},
		"aws_api_gateway_api_key":                       {"value"},
		"aws_api_gateway_domain_name":                   {"certificate_private_key"},
		"aws_apprunner_service":                         {"source_configuration.image_repository.image_configuration.*runtime_environment_variables", "source_configuration.code_repository.code_configuration.code_configuration_values.*runtime_environment_variables"},
		"aws_appsync_datasource":                        {"http_config.authorization_config.aws_iam_config.signing_service_secret"},
		"aws_cloudwatch_event_connection":               {"auth_parameters.api_key.value", "auth_parameters.basic.password", "auth_parameters.oauth.client_parameters.client_secret"},
		"aws_codebuild_source_credential":               {"token"},
		"aws_codepipeline":                              {"stage.action.*configuration"},
		"aws_codepipeline_webhook":                      {"authentication_configuration.secret_token"},
		"aws_cognito_identity_provider":                 {"*provider_details"},
		"aws_cognito_user":                              {"password", "temporary_password"},
		"aws_datasync_location_fsx_windows_file_system": {"password"},
		"aws_datasync_location_object_storage":          {"secret_key"},
		"aws_datasync_location_smb":                     {"password"},
		"aws_db_instance":                               {"password", "password_wo"},
		"aws_directory_service_directory":               {"password", "connect_settings.password"},
		"aws_dms_endpoint":                              {"password", "mongodb_settings.password", "kafka_settings.sasl_password", "redis_settings.auth_password"},
		"aws_docdb_cluster":                             {"master_password", "master_password_wo"},
		"aws_docdbelastic_cluster":                      {"admin_user_password"},
		"aws_elasticache_replication_group":             {"auth_token"},
		"aws_elasticache_user":                          {"passwords", "authentication_mode.passwords"},
		"aws_elasticsearch_domain":                      {"advanced_security_options.master_user_options.master_user_password"},
		"aws_fsx_ontap_file_system":                     {"fsx_admin_password"},
		"aws_fsx_windows_file_system":                   {"self_managed_active_directory.password"},
		"aws_glue_connection":                           {"*connection_properties"},
		"aws_glue_job":                                  {"*default_arguments"},
		"aws_iam_server_certificate":                    {"private_key"},
		"aws_kinesis_firehose_delivery_stream":          {"redshift_configuration.password", "splunk_configuration.hec_token", "http_endpoint_configuration.access_key", "snowflake_configuration.private_key", "snowflake_configuration.key_passphrase"},
		"aws_lambda_function":                           {"environment.*variables"},
		"aws_lb_listener":                               {"default_action.authenticate_oidc.client_secret"},
		"aws_lb_listener_rule":                          {"action.authenticate_oidc.client_secret"},
		"aws_lightsail_database":                        {"master_password"},
		"aws_memorydb_user":                             {"authentication_mode.passwords"},
		"aws_mq_broker":                                 {"user.password", "ldap_server_metadata.service_account_password"},
		"aws_opensearch_domain":                         {"advanced_security_options.master_user_options.master_user_password"},
		"aws_pinpoint_adm_channel":                      {"client_secret"},
		"aws_pinpoint_apns_channel":                     {"private_key"},
		"aws_quicksight_data_source":                    {"credentials.credential_pair.password"},
		"aws_rds_cluster":                               {"master_password", "master_password_wo"},
		"aws_redshift_cluster":                          {"master_password", "master_password_wo"},
		"aws_redshiftserverless_namespace":              {"admin_user_password", "admin_user_password_wo"},
		"aws_secretsmanager_secret_version":             {"secret_string", "secret_string_wo", "secret_binary"},
		"aws_sns_platform_application":                  {"platform_credential"},
		"aws_storagegateway_gateway":                    {"smb_guest_password", "smb_active_directory_settings.password"},
		"aws_vpn_connection":                            {"tunnel1_preshared_key", "tunnel2_preshared_key"},
	}
}
