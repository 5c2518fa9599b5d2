"""The few rules of style Streamlit has no setting for; constant text, nothing is ever put into it."""

STYLE = """<style>
.stMainBlockContainer {padding: 4.4rem 2rem 1rem 2rem;}
[data-testid="stMetricValue"] {font-size: 1.7rem;}
[data-testid="stText"] {white-space: pre-wrap; overflow-wrap: anywhere;}
.st-key-title [data-testid="stText"] {font-size: 1.45rem; font-weight: 600;}
.st-key-facts [data-testid="stText"], [class*="st-key-quiet"] [data-testid="stText"] {opacity: .75;}
h3 {font-size: 1.15rem !important; padding: .2rem 0 !important;}
[class*="st-key-strong"] [data-testid="stText"] {font-weight: 600;}
[class*="st-key-brief"] [data-testid="stText"] {white-space: pre; overflow: hidden; text-overflow: ellipsis;}
[class*="st-key-brief"] {gap: .35rem;}
a.sign-in {display: block; padding: .6rem; border-radius: .5rem; text-align: center; font-weight: 600;
  background: #2a75c4; color: #fff !important; text-decoration: none;}
[class*="st-key-advised"] {border-color: #2a75c4 !important; border-width: 2px !important;}
</style>"""
