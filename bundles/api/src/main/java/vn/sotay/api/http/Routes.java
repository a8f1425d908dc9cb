package vn.sotay.api.http;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes the routes of one {@link Endpoints}. A template is a path whose variable segments stand in braces:
 * {@code /api/meetings/{id}/answers/{member}}. A literal segment goes before a variable one.
 */
@ProviderType
public interface Routes {

    Route get(String template);

    Route put(String template);

    Route post(String template);

    Route delete(String template);
}
