"""A small application on Flask and Authlib: discovery, code flow with PKCE, userinfo, refresh. Plain text answers.

Its settings are environment variables: PORT, SITE, ISSUER, CLIENT_ID, CLIENT_SECRET.
"""
import os

from authlib.integrations.flask_client import OAuth
from flask import Flask, redirect, session

site = os.environ["SITE"]
app = Flask(__name__)
app.secret_key = os.urandom(32)
app.config.update(SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="Lax")
tokens = {}

provider = OAuth(app).register(
    "provider",
    client_id=os.environ["CLIENT_ID"],
    client_secret=os.environ["CLIENT_SECRET"],
    server_metadata_url=os.environ["ISSUER"] + "/.well-known/openid-configuration",
    client_kwargs={
        "scope": "openid profile email offline_access",
        "code_challenge_method": "S256",
        "token_endpoint_auth_method": "client_secret_post",
    },
)


def page(title, **facts):
    rows = "".join(f'<dt>{name}</dt><dd id="{name}">{value}</dd>' for name, value in facts.items())
    return f"<title>{title}</title><h1>{title}</h1><dl>{rows}</dl>"


@app.get("/")
def home():
    if "sub" not in session:
        return '<title>Notes</title><a href="/login">Sign in</a>'
    token = tokens[session["sub"]]
    person = provider.userinfo(token=token)
    return page("Your notes", sub=session["sub"], name=person["name"], email=person["email"])


@app.get("/login")
def login():
    return provider.authorize_redirect(site + "/callback")


@app.get("/callback")
def callback():
    token = provider.authorize_access_token()
    # Authlib checked signature, issuer, audience and nonce, and read the claims.
    session["sub"] = token["userinfo"]["sub"]
    tokens[session["sub"]] = token
    return redirect("/")


@app.get("/renew")
def renew():
    old = tokens[session["sub"]]
    new = provider.fetch_access_token(grant_type="refresh_token", refresh_token=old["refresh_token"])
    tokens[session["sub"]] = new
    differ = new["access_token"] != old["access_token"] and new["refresh_token"] != old["refresh_token"]
    return page("Renewed", differ=str(differ), name=provider.userinfo(token=new)["name"])


app.run(host="127.0.0.1", port=int(os.environ["PORT"]), threaded=True)
