using System;
using System.Net.Http;
using Microsoft.AspNetCore.Builder;

// Asks itself once over its own port, says the answer, and ends.
var app = WebApplication.CreateBuilder(args).Build();
app.MapGet("/api", () => "served by ASP.NET Core " + Environment.Version + " as " + Environment.UserName);
await app.StartAsync();
using var client = new HttpClient();
Console.WriteLine(await client.GetStringAsync("http://127.0.0.1:8080/api"));
await app.StopAsync();
