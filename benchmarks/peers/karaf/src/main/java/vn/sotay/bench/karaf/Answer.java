package vn.sotay.bench.karaf;

import java.io.IOException;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.http.HttpService;
import org.osgi.service.http.NamespaceException;

/** Answers with the version of its bundle at {@code /api/answer}: what is replaced in Karaf's deploy folder. */
@Component(immediate = true)
public final class Answer {

    private static final String PATH = "/api/answer";

    private final HttpService http;

    @Activate
    public Answer(BundleContext context, @Reference HttpService http) throws ServletException, NamespaceException {
        this.http = http;
        http.registerServlet(PATH, new Version(context.getBundle().getVersion().toString()), null, null);
    }

    @Deactivate
    void stop() {
        http.unregister(PATH);
    }

    private static final class Version extends HttpServlet {

        private static final long serialVersionUID = 1L;

        private final String version;

        Version(String version) {
            this.version = version;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("application/json");
            response.getWriter().write("{\"version\":\"" + version + "\"}");
        }
    }
}
