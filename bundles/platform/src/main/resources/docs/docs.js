// Shows the description of the API. validatorUrl is null: nothing is sent to a validator elsewhere.
SwaggerUIBundle({
  url: "/api/openapi.json",
  dom_id: "#api",
  deepLinking: true,
  docExpansion: "none",
  filter: true,
  validatorUrl: null,
});
