package vn.sotay.platform.http;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the HTTP server: section {@code http} of {@code sotay.json}. */
@ObjectClassDefinition(name = "HTTP")
@interface HttpConfig {

    @AttributeDefinition(description = "port; 0 for any that is free")
    int port() default 8080;

    @AttributeDefinition(description = "address to listen on; empty for all of this machine")
    String host() default "";

    @AttributeDefinition(
            description = "PKCS#12 file with key and certificates: with it the port speaks HTTPS, HTTP/2 and HTTP/1.1")
    String keystore() default "";

    @AttributeDefinition(description = "file whose first line is the password of the PKCS#12 file")
    String keystorePasswordFile() default "";

    @AttributeDefinition(
            type = AttributeType.PASSWORD,
            description = "the password itself; better in a file, or in the environment as SOTAY_KEYSTORE_PASSWORD")
    String keystorePassword() default "";

    @AttributeDefinition(
            description = "PEM file with the server's certificate and those that sign it, instead of a PKCS#12 file")
    String certificate() default "";

    @AttributeDefinition(description = "PEM file with its key (PKCS#8); empty when it is in the same file")
    String key() default "";

    @AttributeDefinition(
            description = "file whose first line is the password of an encrypted key; or in the environment as"
                    + " SOTAY_KEY_PASSWORD")
    String keyPasswordFile() default "";

    @AttributeDefinition(
            description =
                    "addresses of proxies that are believed when they say who called, between commas, each perhaps"
                            + " with /bits; empty: none is")
    String proxies() default "";

    @AttributeDefinition(
            description = "by which headers the proxies say so: X-Forwarded (-For, -Proto, -Host) or Forwarded")
    String proxyHeaders() default "X-Forwarded";

    @AttributeDefinition(description = "threads at most")
    int threads() default 64;

    @AttributeDefinition(description = "connections at most; 0 for as many as there are file handles for")
    int connections() default 0;

    @AttributeDefinition(description = "bytes of a JSON body at most")
    int bodyLimit() default 1_048_576;

    @AttributeDefinition(description = "seconds that a connection may be silent")
    int idleSeconds() default 60;

    @AttributeDefinition(
            description =
                    "seconds after which a stream of events gives a sign of life: less than proxies let a connection be"
                            + " silent")
    int heartbeatSeconds() default 25;

    @AttributeDefinition(description = "a line for each request, without personal data")
    boolean accessLog() default false;
}
