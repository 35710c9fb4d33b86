using Orders;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions
{
    Args = args,
    // The page lies beside the program, whatever the working directory is.
    ContentRootPath = AppContext.BaseDirectory,
});
builder.Services.AddSingleton<Week>();

var app = builder.Build();
// Routing comes after the default file: else `/` is looked up before it means /index.html.
app.UseDefaultFiles();
app.UseRouting();
app.MapStaticAssets();

app.MapGet("/healthz", () => Results.Ok(new { Status = "ok", Runtime = Environment.Version.ToString() }));
app.MapGet("/api/orders", (Week week) => week.Days());
app.MapPost("/api/orders/{day}", (string day, Week week) =>
    week.Add(day) ? Results.Ok(week.Days()) : Results.NotFound(new { Error = $"{day} is no day of the week" }));
app.MapGet("/api/orders.png", (Week week, HttpResponse response) =>
{
    response.Headers.CacheControl = "no-store";
    return Results.Bytes(Chart.Draw(week.Days()), "image/png");
});

app.Run();
